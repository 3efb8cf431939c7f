import Database from 'better-sqlite3'

export type DemoDatabase = Database.Database

const schema = `
  CREATE TABLE IF NOT EXISTS state (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS lollies (
    sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, flavour TEXT NOT NULL,
    recipient TEXT NOT NULL, message TEXT NOT NULL, sender TEXT NOT NULL, createdOn TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS lists (
    position INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, tagId TEXT NOT NULL, title TEXT NOT NULL,
    colour TEXT NOT NULL, intro TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS gifts (
    position INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, title TEXT NOT NULL, text TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS menus (id TEXT PRIMARY KEY, items TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS texts (key TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS builds (
    number INTEGER PRIMARY KEY, state TEXT NOT NULL, title TEXT NOT NULL, causes TEXT NOT NULL, queuedOn TEXT NOT NULL,
    startsOn TEXT NOT NULL, startedOn TEXT, endedOn TEXT, progress TEXT, error TEXT, releaseId TEXT) STRICT;
  CREATE TABLE IF NOT EXISTS releases (
    number INTEGER PRIMARY KEY, buildId TEXT NOT NULL, startedOn TEXT NOT NULL, publishedOn TEXT) STRICT;
  CREATE TABLE IF NOT EXISTS distributions (
    id TEXT PRIMARY KEY, originPath TEXT NOT NULL, etag TEXT NOT NULL, status TEXT NOT NULL,
    modifiedOn TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS invalidations (
    sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, distributionId TEXT NOT NULL, callerReference TEXT NOT NULL,
    items TEXT NOT NULL, createdOn TEXT NOT NULL, status TEXT NOT NULL,
    UNIQUE (distributionId, callerReference)) STRICT;
  CREATE TABLE IF NOT EXISTS ssrPages (
    position INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, title TEXT NOT NULL, text TEXT NOT NULL,
    tags TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS ssrEntries (
    path TEXT PRIMARY KEY, content TEXT NOT NULL, contentHash TEXT NOT NULL, size INTEGER NOT NULL, cacheTags TEXT NOT NULL,
    startedOn TEXT NOT NULL, endedOn TEXT NOT NULL, duration INTEGER NOT NULL, refreshedOn TEXT NOT NULL,
    expiresOn TEXT NOT NULL, marks INTEGER NOT NULL, markedOn TEXT, purgeDueOn TEXT, failedOn TEXT, error TEXT) STRICT;
  CREATE TABLE IF NOT EXISTS edgeEntries (
    pop TEXT NOT NULL, key TEXT NOT NULL, about TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (pop, key)) STRICT;
`

const tables = [
  'state',
  'lollies',
  'lists',
  'gifts',
  'menus',
  'texts',
  'builds',
  'releases',
  'distributions',
  'invalidations',
  'ssrPages',
  'ssrEntries',
  'edgeEntries',
]

/** Opens (or creates) the one database of the demo: content, builds, the control plane's records and the edge's copies. */
export function openDatabase(file: string): DemoDatabase {
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = NORMAL')
  database.exec(schema)
  return database
}

/** Empties every table: the demo is as before its first start. */
export function emptyDatabase(database: DemoDatabase): void {
  database.transaction(() => {
    for (const table of tables) database.exec(`DELETE FROM ${table}`)
  })()
}
