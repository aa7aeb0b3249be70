import type { Texts } from './texts.ts';

export const texts: Texts = {
  home: 'الرئيسية',
  development: 'تطوير',
  foot: 'يعمل بواسطة Willcall. لا صلة له بشركة Clerk ولا يحظى بتأييدها؛ ولا يُستخدم الاسم إلا لبيان التوافق.',
  homeTitle: 'الرئيسية',
  noAnswer: 'لا يوجد رد من الخادم',
  noAnswerText: 'تأكد من أنه يعمل ثم افتح هذه الصفحة مرة أخرى.',
  missing: 'جزء من هذه الصفحة مفقود',
  reload: 'إعادة تحميل الصفحة',
  signedInTitle: 'تم تسجيل دخولك',
  signedInAs: 'باسم {name}',
  goOn: 'المتابعة إلى {application}',
  manage: 'إدارة الحساب',
  signOut: 'تسجيل الخروج',
  signedOutTitle: 'لم تسجّل الدخول',
  signedOutText:
    'سجّل الدخول للمتابعة إلى {application}. ويؤدي رابط تسجيل الدخول في بريدك الغرض نفسه: افتحه وستدخل مباشرة.',
  signIn: 'تسجيل الدخول',
  signUp: 'إنشاء حساب',
  lostTitle: 'الصفحة غير موجودة',
  lostHeading: 'لا توجد صفحة هنا',
  lostText:
    'ربما كُتب العنوان خطأً، أو قُطع إن كان رابطًا. افتح الرابط كاملًا مرة أخرى أو ابدأ من الصفحة الرئيسية.',
  homePage: 'الصفحة الرئيسية',
  account: 'حسابك',
};
