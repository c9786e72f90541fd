/** The groups of the palette, each with its colour. Spread into an action's options. */
export const shipments = { category: 'Shipments', color: '#2563eb' } as const;
export const email = { category: 'Email', color: '#7c3aed' } as const;
export const documents = { category: 'Documents', color: '#0d9488' } as const;
export const notifications = { category: 'Notifications', color: '#d97706' } as const;
export const utility = { category: 'Utility', color: '#64748b' } as const;
