import type { OutageMessages } from '../messages.ts';

export const outage: OutageMessages = {
  title: 'لم تنجح العملية',
  retry: 'إعادة المحاولة',
  ticket: {
    otherWay: 'تسجيل الدخول بطريقة أخرى',
  },
  networkError: 'لم يصلنا أي ردّ. تحقق من اتصالك بالإنترنت ثم أعد المحاولة.',
  unknownError: 'حدث خطأ ما. أعد المحاولة.',
  errors: {
    too_many_requests: 'محاولات كثيرة في وقت قصير. انتظر قليلًا ثم أعد المحاولة.',
    service_unavailable: 'الخدمة غير متاحة حاليًا. أعد المحاولة بعد دقيقة.',
    internal_error: 'حدث خطأ من جانبنا. أعد المحاولة بعد دقيقة.',
  },
};
