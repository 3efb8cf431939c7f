import { Fragment, type ReactNode } from 'react'
import classes from './fact-list.module.css'

export type Fact = readonly [name: string, value: ReactNode]

/** Names and values in two aligned columns; facts without a value are left out. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.filter(([, value]) => value !== null).map(([name, value]) => (
        <Fragment key={name}><dt>{name}</dt><dd>{value}</dd></Fragment>
      ))}
    </dl>
  )
}
