import { BudgetSettings } from '#shared/budget.ts'

/** The form as it is typed. */
export interface SettingsValues {
  readonly allowance: string
  /** Dollars an item. */
  readonly price: string
  /** Empty: none. */
  readonly softLimit: string
  /** Empty: none. */
  readonly hardStop: string
  /** Empty: none are kept. */
  readonly incidentReserve: string
  /** Dollars a render. */
  readonly refill: string
}

export type SettingsErrors = Partial<Record<keyof SettingsValues, string>>

export type ReadSettings =
  | { readonly ok: true; readonly settings: BudgetSettings }
  | { readonly ok: false; readonly errors: SettingsErrors }

const FIELDS: Record<string, keyof SettingsValues> = {
  allowance: 'allowance',
  priceMicroDollars: 'price',
  softLimit: 'softLimit',
  hardStop: 'hardStop',
  incidentReserve: 'incidentReserve',
  refillMicroDollars: 'refill',
}

export function fieldOf(name: string | null): keyof SettingsValues | null {
  return FIELDS[name ?? ''] ?? null
}

export function typedOf(settings: BudgetSettings): SettingsValues {
  const { allowance, priceMicroDollars, softLimit, hardStop, incidentReserve, refillMicroDollars } = settings
  return {
    allowance: String(allowance),
    price: typedPrice(priceMicroDollars),
    softLimit: typedCount(softLimit),
    hardStop: typedCount(hardStop),
    incidentReserve: incidentReserve === 0 ? '' : String(incidentReserve),
    refill: typedPrice(refillMicroDollars),
  }
}

/** The form as the core takes it, or what is wrong with each field. */
export function readSettings(values: SettingsValues): ReadSettings {
  const parsed = BudgetSettings.safeParse({
    allowance: readCount(values.allowance) ?? Number.NaN,
    priceMicroDollars: readPrice(values.price),
    softLimit: readCount(values.softLimit),
    hardStop: readCount(values.hardStop),
    incidentReserve: readCount(values.incidentReserve) ?? 0,
    refillMicroDollars: readPrice(values.refill),
  })
  if (parsed.success) return { ok: true, settings: parsed.data }
  const errors: SettingsErrors = {}
  for (const issue of parsed.error.issues) {
    const field = fieldOf(String(issue.path[0]))
    if (field) errors[field] ??= issue.message
  }
  return { ok: false, errors }
}

export function typedCount(count: number | null): string {
  return count === null ? '' : String(count)
}

/** "1,000" as people write it; null for nothing, and anything else is no number. */
export function readCount(text: string): number | null {
  const plain = text.trim().replaceAll(',', '')
  if (plain === '') return null
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN
}

/** Dollars to whole micro-dollars digit by digit: a fraction in binary would lose some. */
function readPrice(text: string): number {
  const [, sign = '', whole = '', part = ''] = /^(-?)\$?\s*(\d{1,9})(?:\.(\d{1,6}))?$/.exec(text.trim()) ?? []
  return whole === '' ? Number.NaN : Number(`${sign}${whole}${part.padEnd(6, '0')}`)
}

function typedPrice(microDollars: number): string {
  const digits = String(microDollars).padStart(7, '0')
  const part = digits.slice(-6).replace(/0+$/, '')
  return part === '' ? digits.slice(0, -6) : `${digits.slice(0, -6)}.${part}`
}
