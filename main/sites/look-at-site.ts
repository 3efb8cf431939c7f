import { siteAddress, type Remark, type SeenPages, type SiteLook } from '#shared/add-site.ts'
import { AppError } from '#shared/errors.ts'
import type { Http } from '#main/platform/http.ts'
import { isPrivateRefusal } from '#main/platform/http-failure.ts'
import type { PageAnswer } from '#main/platform/http-page.ts'
import { recogniseEdges } from './recognise-edge.ts'
import { recogniseGenerator, recogniseTags, titleOf } from './recognise-generator.ts'
import { problemsOf, unknownOf } from './look-words.ts'

export interface LookWorld {
  readonly http: Pick<Http, 'fetchPage' | 'allow'>
  /** Whether a host is a zone of a site already: such a one may be private. */
  isZone(host: string): boolean
  /** Counts the addresses in the sitemaps of a site. */
  countPages(origin: string, signal: AbortSignal): Promise<SeenPages>
}

export interface LookInput {
  readonly address: string
  /** The owner says that a private address is theirs. */
  readonly privateToo: boolean
}

const REDIRECTS_AT_MOST = 5
const TIMEOUT_MS = 15_000
const HTML_CHARACTERS = 1_000_000

/**
 * Asks a site's front page as a visitor would, then its robots.txt and sitemaps, and says what they show. Throws `AppError`:
 * `BAD_INPUT` for what is no address, `UNREACHABLE` with the reason; under the field `privateToo` when only that is missing.
 */
export async function lookAtSite(world: LookWorld, input: LookInput, signal: AbortSignal): Promise<Omit<SiteLook, 'known'>> {
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(input.address)
  const asked = addressOf(input.address)
  try {
    return await look(world, asked, input.privateToo, [], signal)
  } catch (error) {
    const maybePlain = !hasScheme && error instanceof AppError && error.code === 'UNREACHABLE' && !isPrivateRefusal(error)
    if (!maybePlain) throw error
    const plain = new URL(asked)
    plain.protocol = 'http:'
    const withoutTls: Remark = {
      message: `https does not work there, so http was asked. ${error.message}`,
      fix: 'Visitors on http can be read along the way: let the site answer on https.',
    }
    // When that fails as well, the first failure is the one to mend.
    return await look(world, plain, input.privateToo, [withoutTls], signal).catch((second: unknown) => {
      throw isPrivateRefusal(second) ? second : error
    })
  }
}

function addressOf(text: string): URL {
  const url = siteAddress(text)
  if (url === null) {
    throw new AppError('BAD_INPUT', 'This is not a web address.', {
      field: 'address',
      fix: 'Write it as in a browser, such as www.example.com or https://www.example.com.',
    })
  }
  if (url.username !== '' || url.password !== '') {
    throw new AppError('BAD_INPUT', 'An address may not hold a name and a password.', {
      field: 'address',
      fix: 'Leave out the part before the @.',
    })
  }
  return url
}

async function look(world: LookWorld, asked: URL, privateToo: boolean, before: Remark[], signal: AbortSignal) {
  const release = privateToo || world.isZone(asked.host) ? world.http.allow(asked.href) : () => {}
  try {
    const { answer, url } = await visit(world, asked, signal)
    const html = new TextDecoder().decode(answer.body).slice(0, HTML_CHARACTERS)
    const { headers } = answer
    const edges = recogniseEdges(headers)
    const generator = recogniseGenerator(html, headers)
    const pages = await world.countPages(url.origin, signal)
    const found = { asked: asked.href, url: url.origin, status: answer.status, edges, generator, pages }
    return {
      ...found,
      title: answer.status === 200 ? titleOf(html) : null,
      tagsBy: recogniseTags(html, headers),
      problems: [...before, ...problemsOf({ ...found, asked, headers })],
      unknown: unknownOf(found),
    }
  } finally {
    release()
  }
}

/** The front page, after the redirects that lead to it. */
async function visit({ http }: LookWorld, asked: URL, signal: AbortSignal): Promise<{ answer: PageAnswer; url: URL }> {
  let url = asked
  for (let hops = 0; hops <= REDIRECTS_AT_MOST; hops += 1) {
    const answer = await http
      .fetchPage(url, { signal, timeoutMs: TIMEOUT_MS, keepBody: true })
      .catch((error: unknown) => Promise.reject(isPrivateRefusal(error) ? privateRefusal(url, asked) : error))
    const location = answer.headers.get('location')
    const next = answer.status >= 300 && answer.status < 400 && location !== undefined ? URL.parse(location, url.href) : null
    if (next === null) return { answer, url }
    url = next
  }
  throw new AppError('UNREACHABLE', `${asked.host} redirects more than ${REDIRECTS_AT_MOST} times.`, {
    field: 'address',
    fix: 'Look for a loop in its redirects, or enter the address where they end.',
  })
}

function privateRefusal(url: URL, asked: URL): AppError {
  const led = url.host === asked.host ? url.host : `${asked.host} redirects to ${url.host}, which`
  return new AppError(
    'UNREACHABLE',
    `${led} is an address of this machine or of a private network. Frostline asks such an address only when its owner says so.`,
    url.host === asked.host
      ? { field: 'privateToo', fix: 'Go on when this site is yours.' }
      : { field: 'address', fix: `Enter ${url.origin} itself when this site is yours.` },
    // Kept apart from other failures by its cause.
    Object.assign(new Error('private'), { code: 'PRIVATE_ADDRESS' }),
  )
}
