// What is said to screen readers without moving the focus. One live region for the whole page.
import {ref} from 'vue';

/** The newest sentence. */
export const announcement = ref('');

/** Says a sentence. */
export function announce(text: string): void {
  announcement.value = text;
}
