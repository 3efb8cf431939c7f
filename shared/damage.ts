/** What people are told when the database turns out to be damaged while it is used, and what they can do. */
export const DAMAGED = 'Frostline’s database is damaged.'
export const DAMAGED_FIX = 'Start Frostline again: it moves the damaged file aside and goes on with the newest good copy.'
