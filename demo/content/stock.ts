import type { Zone } from '../platform/zones.ts'

export interface Lolly {
  readonly id: string
  readonly name: string
  /** The slug of its list. */
  readonly flavour: string
  readonly recipient: string
  readonly message: string
  readonly sender: string
  readonly createdOn: string
}

export interface LollyList {
  /** As it stands in the URL before percent-encoding; it may contain letters outside ASCII. */
  readonly slug: string
  /** The id of its cache tag: visible ASCII only, which the slug need not be. */
  readonly tagId: string
  readonly title: string
  readonly colour: string
  readonly intro: string
}

export interface Gift {
  readonly slug: string
  readonly title: string
  readonly text: string
}

export interface MenuItem {
  readonly label: string
  readonly href: string
}

/** Everything a build reads, at one instant. */
export interface Stock {
  readonly zones: readonly Zone[]
  /** Newest first. */
  readonly lollies: readonly Lolly[]
  readonly lists: readonly LollyList[]
  readonly gifts: readonly Gift[]
  readonly mainMenu: readonly MenuItem[]
  readonly footer: readonly MenuItem[]
  readonly aboutText: string
  /** Paths of pages that no release contains: the origin renders them on demand. */
  readonly ssrPaths: readonly string[]
}
