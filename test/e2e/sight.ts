import type { Page } from '@playwright/test'

/** Text and controls that are shown but cannot be seen whole: cut off, or only by scrolling sideways where there is no table. */
export function cutOffIn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const hides = (overflow: string) => overflow !== 'visible'
    const scrolls = (overflow: string) => overflow === 'auto' || overflow === 'scroll'
    const isWide = (element: Element) =>
      element.matches('table, pre, [role="table"], [role="grid"], :has(table, pre, [role="table"], [role="grid"])')
    /** Why it cannot be seen whole; null where it can. */
    const whyCut = (element: HTMLElement): string | null => {
      const own = getComputedStyle(element)
      const shortens = (style: CSSStyleDeclaration) => style.textOverflow === 'ellipsis'
      if (hides(own.overflowX) && !scrolls(own.overflowX) && !shortens(own) && element.scrollWidth > element.clientWidth + 2)
        return 'its text is cut'
      const box = element.getBoundingClientRect()
      let sideways = shortens(own)
      let down = false
      for (let part = element.parentElement; part; part = part.parentElement) {
        const style = getComputedStyle(part)
        const view = part === document.documentElement ? new DOMRect(0, 0, innerWidth, innerHeight) : part.getBoundingClientRect()
        sideways ||= shortens(style)
        if (!sideways && hides(style.overflowX) && (box.right > view.right + 2 || box.left < view.left - 2)) {
          if (!scrolls(style.overflowX)) return 'cut at the side'
          if (!isWide(part)) return 'only by scrolling sideways'
          sideways = true
        }
        if (!down && hides(style.overflowY) && (box.bottom > view.bottom + 2 || box.top < view.top - 2)) {
          if (!scrolls(style.overflowY)) return 'cut above or below'
          down = true
        }
      }
      return null
    }
    const saysSomething = (element: HTMLElement) =>
      element.matches('input, button, select, textarea, a') ||
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
    const shown = [...document.body.querySelectorAll<HTMLElement>('*')].filter((element) => {
      const { width, height } = element.getBoundingClientRect()
      const seen = element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      return (
        seen &&
        width > 2 &&
        height > 2 &&
        element.closest('svg, script, style, [aria-hidden="true"]') === null &&
        saysSomething(element)
      )
    })
    return shown.flatMap((element) => {
      const why = element.matches('a[href="#screen"]') ? null : whyCut(element)
      return why === null ? [] : [`${element.tagName} “${element.ariaLabel ?? element.innerText.slice(0, 40)}”: ${why}`]
    })
  })
}

/** Animations and transitions that take longer than a blink. */
export function movingIn(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    document
      .getAnimations()
      .filter((animation) => {
        const timing = animation.effect?.getComputedTiming()
        const lasts = Number(timing?.duration ?? 0) * (timing?.iterations ?? 1)
        return animation.playState === 'running' && lasts > 20
      })
      .map((animation) => {
        const target = animation.effect instanceof KeyframeEffect ? animation.effect.target : null
        return `${target?.tagName ?? ''} ${target?.className.toString() ?? ''}`
      }),
  )
}
