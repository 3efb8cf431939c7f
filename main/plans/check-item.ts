/** What the vendor makes of a path: the item to send, or why it cannot be one. */
export type CheckItem = (
  text: string,
) => { readonly ok: true; readonly item: string } | { readonly ok: false; readonly reason: string }
