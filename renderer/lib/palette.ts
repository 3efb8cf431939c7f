import { createSpotlight } from '@mantine/spotlight'

/** The palette's state and what opens it; its own store, so that late results can be selected. */
export const [paletteStore, palette] = createSpotlight()
