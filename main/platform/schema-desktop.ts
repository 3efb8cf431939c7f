/** Tables of notifications and of the desktop window. */
export interface DesktopTables {
  notice_settings: { kind: string; wanted: number }
  /** What was told of an account's budget in a month, so that it is told once. */
  budget_notices: { account: string; month: string; kind: string }
  desktop_settings: { id: number; settings_json: string }
}
