export interface AnswerTables {
  check_answers: CheckAnswersTable
}

/** Answers to checks that are alike in everything else, of one hour. */
interface CheckAnswersTable {
  site_id: string
  /** The beginning of the hour. */
  hour_at: number
  /** 0: a check of chosen pages. */
  run_id: number
  zone_id: number
  served_as: string
  /** Empty: not told. */
  vantage: string
  answered_by: 'store' | 'origin' | 'unknown'
  /** Of `TTFB_BOUNDS_MS`. */
  ttfb_class: number
  answers: number
}
