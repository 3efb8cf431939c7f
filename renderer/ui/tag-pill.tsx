import classes from './tag-pill.module.css'

export function TagPill({ tag }: { readonly tag: string }) {
  return (
    <span className={classes.pill} title={tag}>
      {tag}
    </span>
  )
}
