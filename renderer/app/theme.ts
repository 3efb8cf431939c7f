import { createTheme, type MantineColorsTuple } from '@mantine/core'
import { hint } from '#renderer/lib/use-shortcuts.ts'

/** Typed without a part's own `extend`: every part named so would come with the first script. */
type Library = typeof import('@mantine/core')
type PartsOf<L> = { [Name in keyof L]?: L[Name] extends { extend: (input: infer Input) => unknown } ? Input : never }

const frost: MantineColorsTuple = [
  '#eaf4fd',
  '#d5e7f8',
  '#a8cef1',
  '#79b4ea',
  '#519ee3',
  '#388fe0',
  '#2a82d2',
  '#1767b0',
  '#11599c',
  '#064b86',
]

/** Neutral rather than blue-tinted, and close to the surfaces of the tokens. */
const dark: MantineColorsTuple = [
  '#dfe3e7',
  '#b6bec6',
  '#97a2ad',
  '#6b7680',
  '#3a4148',
  '#2b3036',
  '#1f2327',
  '#181b1f',
  '#121417',
  '#0d0f11',
]

export const theme = createTheme({
  primaryColor: 'frost',
  primaryShade: { light: 7, dark: 7 },
  colors: { frost, dark },
  defaultRadius: 6,
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif",
  fontFamilyMonospace:
    "ui-monospace, 'SF Mono', 'Cascadia Code', 'JetBrains Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  shadows: { md: '0 4px 16px rgb(0 0 0 / 14%)', xl: '0 8px 32px rgb(0 0 0 / 22%)' },
  components: {
    Button: { defaultProps: { size: 'xs' }, styles: { root: { fontWeight: 500, flexShrink: 0 } } },
    ActionIcon: { defaultProps: { size: 26 } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs' } },
    NativeSelect: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' }, styles: { label: { paddingInline: 10 } } },
    Tabs: { styles: { tab: { paddingBlock: 7, paddingInline: 10 } } },
    Badge: {
      defaultProps: { variant: 'default', radius: 4 },
      styles: { root: { textTransform: 'none', fontWeight: 500 } },
    },
    Menu: { defaultProps: { shadow: 'md' } },
    Popover: { defaultProps: { shadow: 'md' } },
    Tooltip: { defaultProps: { openDelay: 300 } },
    Notification: { defaultProps: { withBorder: true } },
    // The document itself never scrolls, so there is nothing to lock.
    Modal: {
      defaultProps: {
        lockScroll: false,
        centered: false,
        yOffset: '12vh',
        shadow: 'xl',
        closeButtonProps: { ...hint('close', 'Close'), 'aria-label': 'Close' },
        // The page has one banner, and that is not in a dialog.
        attributes: { header: { role: 'none' } },
      },
      styles: { title: { fontWeight: 600, fontSize: 14 } },
    },
  } satisfies PartsOf<Library>,
})
