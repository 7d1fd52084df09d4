// Addresses of the pages. Nobody reaches one without a session that wants nothing set first.
import { routerWith } from '@/pages/router'
import { useSession } from '@/stores/session'

export const router = routerWith([
  { path: '/sign-in', name: 'sign-in', component: () => import('./pages/SignIn.vue'), meta: { open: true } },
  { path: '/reset', name: 'reset', component: () => import('./pages/ResetPassword.vue'), meta: { open: true } },
  { path: '/', name: 'morning', component: () => import('./pages/MorningBoard.vue') },
  { path: '/cases/:number?', name: 'cases', component: () => import('./pages/CasePage.vue'), props: true },
  { path: '/proposals/:number?', name: 'proposals', component: () => import('./pages/ProposalPage.vue'), props: true },
  { path: '/duplicates/:number?', name: 'duplicates', component: () => import('./pages/DuplicatePage.vue'), props: true },
  { path: '/kinds/:word', name: 'list', component: () => import('./pages/OfficeList.vue'), props: true },
  { path: '/kinds/:word/:id', name: 'record', component: () => import('./pages/RecordPage.vue'), props: true },
  { path: '/export', name: 'export', component: () => import('./pages/ExportPage.vue') },
  { path: '/reports/:code?', name: 'reports', component: () => import('./pages/ReportPage.vue'), props: true },
  { path: '/devices/:code?', name: 'devices', component: () => import('./pages/DevicePage.vue'), props: true },
  { path: '/held', name: 'held', component: () => import('./pages/HeldPage.vue') },
  { path: '/syncs/:number?', name: 'syncs', component: () => import('./pages/SyncPage.vue'), props: true },
  { path: '/audit', name: 'audit', component: () => import('./pages/AuditPage.vue') },
  { path: '/people/:login?', name: 'people', component: () => import('./pages/PeoplePage.vue'), props: true },
  { path: '/grants', name: 'grants', component: () => import('./pages/GrantPage.vue') },
  { path: '/jobs', name: 'jobs', component: () => import('./pages/JobPage.vue') },
  { path: '/backups', name: 'backups', component: () => import('./pages/BackupPage.vue') },
  { path: '/settings', name: 'settings', component: () => import('./pages/SettingsPage.vue') },
  { path: '/account', name: 'account', component: () => import('./pages/AccountPage.vue') },
])

router.beforeEach(async (to) => {
  if (to.meta.open) return true
  const session = useSession()
  if (!session.document) {
    try {
      await session.restore()
    } catch {
      return { name: 'sign-in', query: { to: to.fullPath } }
    }
  }
  if (!session.document || session.document.needs) {
    return { name: 'sign-in', query: to.fullPath === '/' ? {} : { to: to.fullPath } }
  }
  return true
})
