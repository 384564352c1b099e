/**
 * The same invite, for an address that others can reach.
 *
 * @param link   the invite as this page would share it
 * @param origin such as `https://192.168.1.20:3000`
 */
export function withOrigin(link: string, origin: string): string {
  const { pathname, search, hash } = new URL(link)
  return new URL(`${pathname}${search}${hash}`, origin).href
}

/** Name and port, as people know addresses. */
export const hostOf = (link: string): string => new URL(link).host
