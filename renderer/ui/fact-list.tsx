import { Fragment, type ReactNode } from 'react'
import classes from './fact-list.module.css'

export type Facts = Readonly<Record<string, ReactNode>>

/** Names and values in two aligned columns; facts without a value are left out. */
export function FactList({ facts }: { readonly facts: Facts }) {
  return (
    <dl className={classes.facts}>
      {Object.entries(facts)
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  )
}
