import type { ActivityFacts } from '#shared/activity.ts'
import { os } from '#main/platform/rpc.ts'
import type { People } from './people.ts'

export function peopleHandlers(has: {
  readonly people: People
  readonly note: (siteId: string | null, by: string, text: string, facts?: ActivityFacts) => void
}) {
  const { people, note } = has
  return os.people.router({
    list: os.people.list.handler(() => people.list()),
    invite: os.people.invite.handler(({ input, context }) => {
      const invited = people.invite(input, context.person)
      note(null, context.person, `Made a sign-in link for ${input.name} as ${input.role}`)
      return invited
    }),
    revoke: os.people.revoke.handler(({ input, context }) => {
      const person = people.revoke(input.personId)
      note(null, context.person, `Revoked the sign-in link of ${person.name}`)
      return person
    }),
  })
}
