const MAX_GRAPHEMES = 20
/** Longer input is not looked at; enough for any 20 graphemes that people write. */
const MAX_INPUT_LENGTH = 1000
/** The longest emoji sequences have about 20; what is longer is a tower of combining marks. */
const MAX_GRAPHEME_LENGTH = 32

/**
 * What is never seen or turns the text around it. Joiners and the emoji selector stay, scripts and emoji need them; so
 * do breaks of line, which are spaces.
 */
const INVISIBLE =
  /(?![\t-\r\u200c\u200d\ufe0f])[\p{Cc}\p{Cs}\p{Co}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/gu
const SPACES = /[\s\u2800]+/gu
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u

/**
 * A shown name out of what somebody else sent: composed (NFC), without control or bidirectional characters, trimmed,
 * cut to 20 graphemes.
 *
 * @returns undefined when nothing that can be seen is left
 */
export function parseName(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const plain = tidy(value.slice(0, MAX_INPUT_LENGTH).replace(INVISIBLE, ''))
  const graphemes = [...new Intl.Segmenter('en').segment(plain)]
    .map(({ segment }) => segment)
    .filter((segment) => segment.length <= MAX_GRAPHEME_LENGTH)
  const name = tidy(graphemes.slice(0, MAX_GRAPHEMES).join(''))
  return VISIBLE.test(name) ? name : undefined
}

const tidy = (text: string): string => text.normalize('NFC').replace(SPACES, ' ').trim()
