// Duty: shows a pushed notice, a reference and a verb, while no page is open; leads to the list of notices. Nothing is kept.
// @ts-nocheck: the project's types are those of pages; this runs in a service worker.
self.addEventListener('push', (event) => {
  const { text, tag } = event.data.json();
  event.waitUntil(self.registration.showNotification(text, { tag, icon: '/icon.svg' }));
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow('/notifications'));
});
