// Puts a text where it can be pasted, or says that the browser does not let it.
import { useI18n } from 'vue-i18n'

import { useNotice } from '@/stores/notice'

export function useCopy(): (text: string) => Promise<void> {
  const notice = useNotice()
  const { t } = useI18n()
  return async (text) => {
    try {
      await navigator.clipboard.writeText(text)
      notice.say(t('form.copied'))
    } catch {
      notice.say(t('form.notCopied'), 'bad')
    }
  }
}
