// Addresses of the pages. Whether one may be seen is the app's business: a locked laptop keeps the
// address and shows the unlock page.
import { createRouter, createWebHistory } from 'vue-router'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'today', component: () => import('./pages/TodayPage.vue') },
    { path: '/kinds', name: 'kinds', component: () => import('@/pages/KindIndex.vue') },
    { path: '/kinds/:word', name: 'list', component: () => import('./pages/LaptopList.vue'), props: true },
    { path: '/kinds/:word/:id', name: 'record', component: () => import('./pages/LaptopRecord.vue'), props: true },
    { path: '/search', name: 'search', component: () => import('./pages/SearchPage.vue') },
    { path: '/worklog/:day?', name: 'worklog', component: () => import('./pages/WorkLogPage.vue'), props: true },
    { path: '/inbox/:item?', name: 'inbox', component: () => import('./pages/InboxPage.vue'), props: true },
    { path: '/sync', name: 'sync', component: () => import('./pages/SyncPage.vue') },
    { path: '/import', name: 'import', component: () => import('@/pages/ImportPage.vue') },
    { path: '/laptop', name: 'laptop', component: () => import('./pages/ThisLaptop.vue') },
    { path: '/:rest(.*)*', name: 'nowhere', component: () => import('@/pages/NowherePage.vue') },
  ],
})
