// What was typed and is kept nowhere is not lost by going back, by a link or by loading the page anew
// without a question.
import { onBeforeUnmount, onMounted } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'

/** Asks before the page is left while `isOpen`; what is kept as a draft may be left at any time.
 * The function it gives asks the same of what leaves no page: another tab, another matter. */
export function useLeaving(isOpen: () => boolean): () => boolean {
  const router = useRouter()
  const { t } = useI18n()
  const stay = (event: BeforeUnloadEvent) => isOpen() && event.preventDefault()
  const mayLeave = () => !isOpen() || window.confirm(t('form.leave'))
  let release = () => {}
  onMounted(() => {
    window.addEventListener('beforeunload', stay)
    release = router.beforeEach(mayLeave)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('beforeunload', stay)
    release()
  })
  return mayLeave
}
