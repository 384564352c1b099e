import { DIAGNOSIS_WORDS as WORDS } from '../../words/diagnosis.ts'

/** What names itself, in the order in which they must be asked: each calls itself all those below as well. */
const BROWSERS: readonly (readonly [name: string, version: RegExp])[] = [
  ['Edge', /\bEdgA?\/(\d+)/],
  ['Opera', /\bOPR\/(\d+)/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Headless)?(?:Chrome|CriOS)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+(?:\.\d+)?)\S* (?:Mobile\/\S+ )?Safari\//],
]
const SYSTEMS: readonly (readonly [name: string, sign: RegExp])[] = [
  ['Windows', /Windows/],
  ['Android', /Android/],
  ['iOS', /iPhone|iPad|iPod/],
  ['macOS', /Mac OS X/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux/],
]

/**
 * Such as "Firefox 140 on Linux".
 *
 * @param userAgent as `navigator.userAgent` gives it
 */
export function browserWords(userAgent: string): string {
  const system = SYSTEMS.find(([, sign]) => sign.test(userAgent))?.[0] ?? WORDS.unknownSystem
  for (const [name, version] of BROWSERS) {
    const found = version.exec(userAgent)?.[1]
    if (found !== undefined) return WORDS.browser({ name, version: found, system })
  }
  return WORDS.unknownBrowser(system)
}
