import type { EntranceMessages } from '../messages.ts';

export const entrance: EntranceMessages = {
  language: 'ar',
  direction: 'rtl',
  loading: 'لحظة…',
  missing: 'أعد تحميل الصفحة',
  ticket: {
    redeeming: 'جارٍ التحقق من الرابط',
  },
  signIn: { title: 'تسجيل الدخول' },
};
