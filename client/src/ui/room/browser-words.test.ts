import { expect, test } from 'vitest'
import { browserWords } from './browser-words.ts'

const SAFARI_TAIL = 'AppleWebKit/605.1.15 (KHTML, like Gecko)'
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0'

test.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'Firefox 140 on Linux',
  ],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36`, 'Chrome 141 on Windows'],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36 Edg/141.0.0.0`,
    'Edge 141 on Windows',
  ],
  [`Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Mobile Safari/537.36`, 'Chrome 141 on Android'],
  [
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${SAFARI_TAIL} Version/18.3 Safari/605.1.15`,
    'Safari 18.3 on macOS',
  ],
  [
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) ${SAFARI_TAIL} Version/18.3 Mobile/15E148 Safari/604.1`,
    'Safari 18.3 on iOS',
  ],
  ['curl/8.5.0', 'an unknown browser on an unknown system'],
])('%s is "%s"', (userAgent, words) => {
  expect(browserWords(userAgent)).toBe(words)
})
