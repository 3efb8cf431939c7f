interface ImportMeta {
  /** Replaced by Vite: the files that match, each with a function that loads it. */
  glob<T>(
    pattern: string,
    options: { readonly query: '?raw'; readonly import: 'default' },
  ): Readonly<Record<string, () => Promise<T>>>
}
