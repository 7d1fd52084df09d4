// Addresses of the pages. Whether one may be seen is the app's business: a locked laptop keeps the
// address and shows the unlock page.
import { routerWith } from '@/pages/router'

export const router = routerWith([
  { path: '/', name: 'today', component: () => import('./pages/TodayPage.vue') },
  { path: '/kinds/:word', name: 'list', component: () => import('./pages/LaptopList.vue'), props: true },
  { path: '/kinds/:word/:id', name: 'record', component: () => import('./pages/LaptopRecord.vue'), props: true },
  { path: '/search', name: 'search', component: () => import('./pages/SearchPage.vue') },
  { path: '/worklog/:day?', name: 'worklog', component: () => import('./pages/WorkLogPage.vue'), props: true },
  { path: '/inbox/:item?', name: 'inbox', component: () => import('./pages/InboxPage.vue'), props: true },
  { path: '/sync', name: 'sync', component: () => import('./pages/SyncPage.vue') },
  { path: '/laptop', name: 'laptop', component: () => import('./pages/ThisLaptop.vue') },
])
