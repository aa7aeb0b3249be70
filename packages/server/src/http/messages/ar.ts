import type { PageMessages } from './page-messages.ts';

export const ar: PageMessages = {
  language: 'ar',
  direction: 'rtl',
  noScript: 'تحتاج هذه الصفحة إلى JavaScript لتسجيل دخولك.',
  foreignAddress: {
    title: 'هذا العنوان غير مسموح به',
    text: 'كان الرابط سينقلك إلى مكان لا تعرفه هذه الخدمة. يمكنك إغلاق هذه الصفحة.',
  },
  signInOver: {
    title: 'لا يمكن متابعة تسجيل الدخول هنا',
    text: 'انتهت العملية من قبل، أو استغرقت وقتًا طويلًا، أو بدأت في متصفح آخر. عُد إلى التطبيق وابدأ من جديد.',
  },
  link: {
    foot: 'يعمل بواسطة Willcall. لا صلة له بشركة Clerk ولا يحظى بتأييدها؛ ولا يُستخدم الاسم إلا لبيان التوافق.',
    title: 'هل تريد تسجيل الدخول باسم {account}؟',
    actTitle: 'هل تريد التصرف باسم {account}؟',
    createTitle: 'هل تريد إنشاء حساب للبريد {account}؟',
    explain: 'يسجّل الرابط دخولك إلى {application}. اضغط الزر للمتابعة؛ لن يحدث شيء قبل ذلك.',
    explainCreate:
      'تُنشئ الدعوة حسابًا في {application} وتسجّل دخولك. اضغط الزر للمتابعة؛ لن يحدث شيء قبل ذلك.',
    explainOther:
      'في هذا المتصفح سُجّل الدخول إلى {application} باسم {other}. الرابط يخص حسابًا آخر، {account}.',
    continue: 'متابعة',
    cancel: 'إلغاء',
    switch: 'تسجيل الخروج والمتابعة باسم {account}',
    add: 'إضافة {account}',
    stay: 'البقاء باسم {other}',
    stayGood: 'يبقى الرابط صالحًا إذا بقيت.',
    refusedTitle: 'لا يمكن متابعة هذا الرابط',
    newLink: 'طلب رابط جديد',
    otherWay: 'تسجيل الدخول بطريقة أخرى',
    contact: 'هل تحتاج إلى مساعدة؟ راسلنا على {address}.',
    over: 'ظلت هذه الصفحة مفتوحة مدة طويلة أو فُتح رابط آخر بعدها. افتح الرابط مرة أخرى.',
    refusals: {
      ticket_invalid_code:
        'هذا الرابط غير صالح. ربما كان مقطوعًا: افتح الرابط كاملًا مرة أخرى أو اطلب رابطًا جديدًا.',
      ticket_expired_code: 'انتهت صلاحية هذا الرابط. اطلب رابطًا جديدًا أو سجّل الدخول بطريقة أخرى.',
      ticket_continuation_expired:
        'استغرقت هذه الخطوة وقتًا طويلًا أو بدأت في متصفح آخر. افتح الرابط مرة أخرى.',
      ticket_wrong_browser:
        'لا يعمل هذا الرابط إلا في المتصفح الذي طُلب منه. افتحه هناك، أو اطلب رابطًا جديدًا من هنا.',
      sign_in_token_already_used_code:
        'سبق استخدام هذا الرابط، وكل رابط يعمل مرة واحدة. اطلب رابطًا جديدًا أو سجّل الدخول بطريقة أخرى.',
      sign_in_token_revoked_code:
        'ألغى المُرسِل هذا الرابط. اطلب رابطًا جديدًا أو سجّل الدخول بطريقة أخرى.',
      sign_in_token_cannot_be_used_code:
        'يعود هذا الرابط إلى حساب لم يعد من الممكن استخدامه. سجّل الدخول بحساب آخر.',
      actor_token_already_used_code:
        'سبق استخدام هذا الرابط، وكل رابط يعمل مرة واحدة. اطلب رابطًا جديدًا.',
      actor_token_revoked_code: 'ألغى مُنشئ هذا الرابط صلاحيته. اطلب رابطًا جديدًا.',
      actor_token_subject_not_found:
        'لم يعد حساب هذا الرابط موجودًا. تواصل مع المسؤول عن هذه الخدمة.',
      revoked_invitation: 'أُلغيت هذه الدعوة. اطلب دعوة جديدة ممن دعاك.',
      invitation_already_accepted: 'سبق إنشاء حساب بهذه الدعوة. سجّل الدخول.',
      invitation_account_exists: 'يوجد حساب بهذا البريد بالفعل. سجّل الدخول.',
      organization_invitation_revoked_code: 'أُلغيت هذه الدعوة. اطلب دعوة جديدة ممن دعاك.',
      organization_invitation_already_accepted: 'سبق قبول هذه الدعوة. سجّل الدخول للمتابعة.',
      organization_invitation_identification_already_exists:
        'يوجد حساب بهذا البريد بالفعل. سجّل الدخول لقبول الدعوة.',
      organization_invitation_to_deleted_organization:
        'لم تعد المؤسسة التي دعتك موجودة. سجّل الدخول بطريقة أخرى.',
      organization_membership_quota_exceeded:
        'لا يوجد مكان شاغر في المؤسسة التي دعتك. اطلب ممن دعاك توفير مكان.',
      session_creation_not_allowed:
        'أنت تتصرف هنا باسم شخص آخر. أوقف ذلك أولًا ثم افتح الرابط مرة أخرى.',
      user_banned: 'هذا الحساب محظور. تواصل مع المسؤول عن هذه الخدمة.',
      user_locked: 'تم قفل هذا الحساب بعد محاولات كثيرة. انتظر قليلًا ثم أعد المحاولة.',
      too_many_requests: 'محاولات كثيرة في وقت قصير. انتظر قليلًا ثم أعد المحاولة.',
    },
  },
};
