/** Whether an edge refused us or could not be reached: another person mends it. */
export const EDGE_FAILURE = `
  ALTER TABLE sites ADD COLUMN edge_failure TEXT;
`
