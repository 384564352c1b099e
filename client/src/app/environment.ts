import type { Environment } from './app-types.ts'

const LOCALHOST = /^(localhost|127(\.\d+){3}|\[::1\])$/

export function createEnvironment(page: Window): Environment {
  const isLocalhost = LOCALHOST.test(page.location.hostname)
  return {
    secure: page.isSecureContext,
    isLocalhost,
    lanAddresses: () => (isLocalhost ? askForAddresses(page) : Promise.resolve([])),
    reload: () => {
      page.location.reload()
    },
  }
}

/** The server tells its addresses to its own machine alone; without an answer there is none to offer. */
async function askForAddresses(page: Window): Promise<readonly string[]> {
  try {
    const response = await page.fetch('/api/lan')
    return response.ok ? parseAddresses(await response.json()) : []
  } catch {
    // The server is away, or answers with something else: the page then says only what does not work.
    return []
  }
}

function parseAddresses(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null || !('addresses' in value)) return []
  const { addresses } = value
  return Array.isArray(addresses)
    ? addresses.filter((address): address is string => isAddress(address))
    : []
}

const isAddress = (value: unknown): boolean => typeof value === 'string' && URL.canParse(value)
