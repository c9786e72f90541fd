/** The groups of the palette, each with its colour. Spread into an action's options. */
export declare const shipments: {
  readonly category: 'Shipments';
  readonly color: '#2563eb';
};
export declare const email: {
  readonly category: 'Email';
  readonly color: '#7c3aed';
};
export declare const documents: {
  readonly category: 'Documents';
  readonly color: '#0d9488';
};
export declare const notifications: {
  readonly category: 'Notifications';
  readonly color: '#d97706';
};
export declare const utility: {
  readonly category: 'Utility';
  readonly color: '#64748b';
};
