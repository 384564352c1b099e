import { expect } from '@playwright/test'
import type { Jammer } from './jammer.ts'

/** Hides one's network address from the others, or shows it: before joining, or in the room. */
export async function setHidden({ page }: Jammer, hidden: boolean): Promise<void> {
  const hide = page.getByRole('switch', { name: 'Hide my network address' })
  const details = page.getByRole('button', { name: /(person|people), details$/ })
  await hide.or(details).first().waitFor()
  // In the room it is behind the list of people.
  const isInRoom = !(await hide.isVisible())
  if (isInRoom) await details.click()
  await hide.setChecked(hidden)
  await expect(hide).toBeChecked({ checked: hidden })
  if (isInRoom) await page.keyboard.press('Escape')
}
