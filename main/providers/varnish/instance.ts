import { AppError } from '#shared/errors.ts'
import type { TextAnswer } from '#main/platform/http-text.ts'
import type { Http } from '#main/platform/http.ts'
import type { Order } from './orders.ts'

/** One Varnish. Methods throw what `Edge` names; every sentence says which instance it is about. */
export interface Instance {
  readonly name: string
  /** What its VCL can do: `paths`, `prefixes`, `tags`. Changes nothing. */
  abilities(signal: AbortSignal | undefined): Promise<readonly string[]>
  /** How many objects went; null for a ban, of which Varnish does not know it. */
  obey(order: Order, signal: AbortSignal | undefined): Promise<number | null>
}

export interface InstanceOptions {
  readonly address: string
  readonly secret: string
  readonly soft: boolean
  readonly http: Pick<Http, 'requestText'>
}

const MAX_ANSWER_BYTES = 100_000

export function createInstance({ address, secret, soft, http }: InstanceOptions): Instance {
  const { origin, host: name } = new URL(address)
  const ask = async (
    url: string,
    method: 'GET' | 'PURGE' | 'BAN',
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
  ): Promise<string> => {
    if (secret === '') {
      throw new AppError('CREDENTIALS_REFUSED', `The secret of Varnish at ${name} is missing.`, {
        field: 'edge.secret',
        fix: 'Enter it again: it is FROSTLINE_SECRET of varnishd.',
        retryable: false,
      })
    }
    const answer = await http.requestText(`${origin}${url}`, {
      method,
      headers: { 'x-frostline-secret': secret, ...headers },
      signal,
      maxBytes: MAX_ANSWER_BYTES,
      privateAllowed: true,
    })
    // By nothing but this header it is known that the VCL answered: a backend may say 200 to everything.
    if (answer.headers.get('x-frostline') !== '1') throw notOurs(answer, name)
    const said = answer.headers.get('x-frostline-answer') ?? ''
    if (answer.status !== 200) throw refusal(said, answer.status, name)
    return said
  }
  return {
    name,
    async abilities(signal) {
      return (await ask('/.frostline', 'GET', {}, signal)).split(', ')
    },
    async obey({ method, host, url, tag }, signal) {
      const said = await ask(
        url,
        method,
        {
          ...(host === null ? {} : { host }),
          ...(tag === null ? {} : { 'x-frostline-tag': tag }),
          ...(soft && method === 'PURGE' ? { 'x-frostline-soft': '1' } : {}),
        },
        signal,
      )
      const gone = /^gone=(\d+)$/.exec(said)?.[1]
      if (gone !== undefined) return Number(gone)
      if (said === 'banned') return null
      throw refusal(said, 200, name)
    },
  }
}

function notOurs({ status }: TextAnswer, name: string): AppError {
  if (status >= 500) {
    return new AppError('UNREACHABLE', `What answers at ${name} had a failure of its own (status ${status}).`, {
      field: 'edge.addresses',
      fix: 'Try again in a moment. If it stays, see docs/providers/varnish.md: the VCL of Frostline did not answer.',
      retryable: true,
    })
  }
  return new AppError('NOT_FOUND', `There is no Varnish with the VCL of Frostline at ${name} (status ${status}).`, {
    field: 'edge.addresses',
    fix: 'Check the address, and include varnish.vcl in the VCL of this Varnish: docs/providers/varnish.md.',
    retryable: false,
  })
}

function refusal(said: string, status: number, name: string): AppError {
  switch (said) {
    case 'refused-secret':
      return new AppError('CREDENTIALS_REFUSED', `Varnish at ${name} does not accept this secret.`, {
        field: 'edge.secret',
        fix: 'Enter the secret that this varnishd was started with: its FROSTLINE_SECRET.',
        retryable: false,
      })
    case 'refused-no-secret':
      return new AppError('CREDENTIALS_REFUSED', `Varnish at ${name} was started without a secret, so nobody may purge it.`, {
        field: 'edge.secret',
        fix: 'Start varnishd with FROSTLINE_SECRET in its environment: docs/providers/varnish.md.',
        retryable: false,
      })
    case 'refused-address':
      return new AppError('CREDENTIALS_REFUSED', `Varnish at ${name} takes no purges from this machine.`, {
        field: 'edge.addresses',
        fix: 'Add the address of this machine to the acl frostline_purgers in its VCL.',
        retryable: false,
      })
    default:
      return new AppError(
        'PROVIDER_REFUSED',
        `Varnish at ${name} did not take the purge (status ${status}): ${said.slice(0, 200)}`,
        {
          fix: 'Check that its varnish.vcl is the one of this Frostline: docs/providers/varnish.md.',
          retryable: false,
        },
      )
  }
}
