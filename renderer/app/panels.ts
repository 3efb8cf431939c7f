/** The names in the address of what is open beside a screen. */
export const PANELS = ['page', 'build', 'openTag', 'delivery'] as const
