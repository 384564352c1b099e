/**
 * Draws the icons of the installed app from `client/public/favicon.svg`: PNGs for the systems that take no SVG, and one
 * whose mark keeps clear of whatever shape a system cuts out of it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { BROWSER_SWITCHES, findBrowser } from './browser.mjs'

const PUBLIC = 'client/public'
const GROUND = '#121016'
/** Systems cut out at most what is outside a circle of four fifths of the width. */
const SAFE = 0.8

const ICONS = [
  { file: 'icon-192.png', size: 192, share: 1 },
  { file: 'icon-512.png', size: 512, share: 1 },
  { file: 'icon-maskable.png', size: 512, share: SAFE },
  // Apple's take no transparency, and round the corners themselves.
  { file: 'icon-apple.png', size: 180, share: SAFE },
]

const svg = readFileSync(join(PUBLIC, 'favicon.svg'), 'utf8')
const browser = await chromium.launch({ executablePath: findBrowser(), args: BROWSER_SWITCHES })
try {
  for (const { file, size, share } of ICONS) {
    const page = await browser.newPage({ viewport: { width: size, height: size } })
    const side = Math.round(size * share)
    const ground = share < 1 ? GROUND : 'transparent'
    const image = `data:image/svg+xml,${encodeURIComponent(svg)}`
    await page.setContent(
      `<body style="margin:0;display:grid;place-items:center;height:100vh;background:${ground}">
         <img width="${side}" height="${side}" src="${image}">
       </body>`,
    )
    await page.locator('img').evaluate((img) => img.decode())
    writeFileSync(join(PUBLIC, file), await page.screenshot({ omitBackground: true }))
    await page.close()
  }
} finally {
  await browser.close()
}
