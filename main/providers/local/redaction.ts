/** Shorter values stand in too many innocent words. */
const SHORTEST = 6
const MADE_BY_MACHINES =
  /\b(AKIA[0-9A-Z]{16}|gh[pousr]_\w{20,}|github_pat_\w{20,}|npm_\w{30,}|xox[abp]-[\w-]{10,}|sk[_-](?:live|test)?_?\w{20,}|CFPAT-[\w-]{20,})\b/g

/** A line of a log without the values that the build was given, and without what is a key by its looks. */
export function lineRedactor(
  environment: Readonly<Record<string, string>>,
  withoutSecrets: (text: string) => string,
): (line: string) => string {
  const values = Object.values(environment)
    .flatMap((value) => value.split('\n'))
    .map((value) => value.trim())
    .filter((value) => value.length >= SHORTEST)
    .sort((a, b) => b.length - a.length)
  return (line) => {
    let safe = line
    for (const value of values) safe = safe.replaceAll(value, '…')
    return withoutSecrets(safe.replace(MADE_BY_MACHINES, '…'))
  }
}
