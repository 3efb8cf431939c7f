type Fields = readonly (readonly [string, string])[]

const MAX_FIELDS = 120
const MAX_CHARACTERS = 4_000
/** What identifies a person or opens a door. */
const SECRET =
  /^(cookie2?|authorization|proxy-authorization|proxy-authenticate|www-authenticate|authentication-info|x-api-key|x-csrf-token|x-xsrf-token|x-amz-security-token)$/
const SECRET_NAME = /(^|-)(token|secret|password|session|apikey|auth)(-|$)/

/** Header fields for a verdict, names in lower case: bounded, without secrets, and of cookies only the names. */
export function keptHeaders(fields: Fields): [string, string][] {
  return fields.slice(0, MAX_FIELDS).flatMap(([name, value]): [string, string][] => {
    const folded = name.toLowerCase()
    if (SECRET.test(folded) || SECRET_NAME.test(folded)) return []
    if (folded === 'set-cookie' || folded === 'set-cookie2')
      return [[folded, `${value.split(/[=;]/, 1)[0]?.trim().slice(0, 100)}=…`]]
    return [[folded, value.slice(0, MAX_CHARACTERS)]]
  })
}
