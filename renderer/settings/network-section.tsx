import { useQuery } from '@tanstack/react-query'
import type { NetworkView } from '#shared/network.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FactList } from '#renderer/ui/fact-list.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { NetworkForm } from './network-form.tsx'
import { NetworkTest } from './network-test.tsx'
import { networkQueries } from './queries.ts'
import classes from './settings.module.css'

/** How Frostline reaches sites, vendors and build services. */
export function NetworkSection() {
  const view = useQuery(networkQueries.get())
  if (view.isError) return <FailureNote {...describeFailure(view.error)} onTryAgain={() => void view.refetch()} />
  if (!view.data) return <LateSkeleton />
  return (
    <>
      <section className={classes.card} aria-label="In effect">
        <h2>In effect</h2>
        <InEffect view={view.data} />
        <p className={classes.quiet}>
          For everything: checks, vendors, build services, sitemaps. This machine and names below localhost are always reached
          directly. A proxy looks names up itself, so that behind one only addresses that are written out as numbers can be
          refused as private.
        </p>
        <NetworkTest />
      </section>
      <section className={classes.card} aria-label="Proxy and certificates">
        <h2>Proxy and certificates</h2>
        <NetworkForm view={view.data} />
      </section>
    </>
  )
}

const SOURCE_WORDS: Readonly<Record<NetworkView['inEffect']['source'], string>> = {
  settings: 'Entered below',
  environment: 'The environment (HTTPS_PROXY, HTTP_PROXY)',
  system: 'The system, asked for each address',
  none: 'No proxy: everything is reached directly',
}

function InEffect({ view: { inEffect, caFiles } }: { readonly view: NetworkView }) {
  const { source, http, https, noProxy } = inEffect
  const same = http?.address === https?.address
  const words = (proxy: typeof http) =>
    proxy === null ? 'none' : `${proxy.address}${proxy.signsIn ? ', with a name and password' : ''}`
  const named = source === 'settings' || source === 'environment'
  return (
    <FactList
      facts={{
        'Comes from': SOURCE_WORDS[source],
        Proxy: named && same ? words(http) : null,
        'For https': named && !same ? words(https) : null,
        'For http': named && !same ? words(http) : null,
        'Go without': noProxy === '' ? null : noProxy,
        'Also trusted':
          caFiles.length === 0
            ? null
            : caFiles.map(({ file, from, certificates, problem }) => (
                <div key={from}>
                  <span className={classes.path}>{file}</span>{' '}
                  {problem === null ? (
                    `(${countOf(certificates, 'certificate')}, ${from === 'settings' ? 'entered below' : 'NODE_EXTRA_CA_CERTS'})`
                  ) : (
                    <span className={classes.problem}>not used: {problem}</span>
                  )}
                </div>
              )),
      }}
    />
  )
}
