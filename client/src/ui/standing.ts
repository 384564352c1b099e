import type { Directive } from 'vue'

type Standing = string | number

/** Fields in which something was typed that does not count yet. */
const typedIn = new WeakSet<HTMLInputElement>()

function show(field: HTMLInputElement, value: Standing): void {
  field.value = String(value)
}

/**
 * `v-standing="value"` on a field whose value counts once typing is done: it shows the value that stands for everybody,
 * but leaves a field alone in which somebody types, whatever comes from others meanwhile. `:value` would put back what
 * stands whenever its component is drawn anew.
 */
export const vStanding: Directive<HTMLInputElement, Standing> = {
  created(field, { value }) {
    show(field, value)
    field.addEventListener('input', () => typedIn.add(field))
    field.addEventListener('change', () => typedIn.delete(field))
  },
  updated(field, { value, oldValue }) {
    if (value !== oldValue && !typedIn.has(field)) show(field, value)
  },
}
