export * from './error-codes.ts';
export * from './shapes.ts';
export * from './cookie-names.ts';
export * from './publishable-key.ts';
export * from './choose-language.ts';
export * from './question-title.ts';
export * from './user-orders.ts';
