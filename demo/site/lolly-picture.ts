/** An ice lolly in one colour, as inline SVG; the letters of the id decide its stripes. */
export function lollyPicture(colour: string, id: string): string {
  const stripes = Array.from(id.slice(0, 4), (letter, index) => {
    const height = 4 + (letter.charCodeAt(0) % 9)
    return `<rect x="10" y="${String(18 + index * 26)}" width="60" height="${String(height)}" fill="#fff" opacity=".28"/>`
  })
  return (
    `<svg viewBox="0 0 80 176" role="img" aria-label="An ice lolly"><rect x="33" y="118" width="14" height="54" rx="7" fill="#e3c08f"/>` +
    `<path d="M10 44a30 30 0 0 1 60 0v74a8 8 0 0 1-8 8H18a8 8 0 0 1-8-8z" fill="${colour}"/>${stripes.join('')}` +
    `<rect x="20" y="36" width="7" height="66" rx="3.5" fill="#fff" opacity=".45"/></svg>`
  )
}
