// A button has room for a word; what the action does is told in its form.
import { useI18n } from 'vue-i18n'

import type { Action } from '@/api/actions'

export function useActWord(): (action: Action) => string {
  const { t, te } = useI18n()
  return (action) => {
    const key = `act.${action.name.replace('.', '_')}`
    return te(key) ? t(key) : action.help
  }
}
