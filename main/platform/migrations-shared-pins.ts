/** When a site's pin was changed here and not yet told to the other desktops that publish it. */
export const SHARED_PINS = `
  ALTER TABLE sites ADD COLUMN pin_untold_since INTEGER;
`
