// Made of store/query by `go run ./build bindings`; do not edit.

export const limits = { conditions: 50, depth: 3, sortKeys: 3 } as const;

/** Every field; a width in px at normal text size, English and Czech, makes it a column of the list. */
export const fields = [
  { name: 'time', kind: 'date', usual: true, sortable: true, exported: true, personal: false, width: [76, 76] },
  { name: 'queue', kind: 'choice', usual: true, sortable: true, exported: true, personal: false, width: [94, 96] },
  { name: 'user', kind: 'choice', usual: true, sortable: true, exported: true, personal: false, width: [120, 120] },
  { name: 'contact', kind: 'text', usual: true, sortable: true, exported: true, personal: true, width: [122, 124] },
  { name: 'wa', kind: 'text', usual: true, sortable: true, exported: true, personal: true, width: [126, 130] },
  { name: 'title', kind: 'text', usual: true, sortable: true, exported: true, personal: true, width: [106, 124] },
  { name: 'answered', kind: 'choice', usual: true, sortable: true, exported: true, personal: false, width: [76, 102] },
  { name: 'wait', kind: 'duration', usual: true, sortable: true, exported: true, personal: false, width: [82, 94] },
  { name: 'duration', kind: 'duration', usual: true, sortable: true, exported: true, personal: false, width: [76, 90] },
  { name: 'ended', kind: 'choice', usual: true, sortable: true, exported: true, personal: false, width: [78, 84] },
  { name: 'connector', kind: 'choice', usual: true, sortable: true, exported: true, personal: false, width: [92, 96] },
  { name: 'missed', kind: 'choice', usual: true, sortable: true, exported: true, personal: false, width: [136, 154] },
  { name: 'missed_time', kind: 'date', usual: true, sortable: true, exported: true, personal: false, width: [92, 108] },
  { name: 'direction', kind: 'choice', usual: true, sortable: true, exported: true, personal: false, width: [90, 92] },
  { name: 'sender', kind: 'text', usual: false, sortable: true, exported: true, personal: true, width: [0, 0] },
  { name: 'status', kind: 'choice', usual: false, sortable: false, exported: true, personal: false, width: [120, 120] },
  { name: 'took', kind: 'choice', usual: false, sortable: false, exported: false, personal: false, width: [0, 0] },
  { name: 'account', kind: 'text', usual: false, sortable: true, exported: true, personal: true, width: [0, 0] },
  { name: 'ticket', kind: 'text', usual: false, sortable: true, exported: true, personal: true, width: [120, 120] },
  { name: 'text', kind: 'text', usual: false, sortable: false, exported: false, personal: true, width: [0, 0] },
  { name: 'id', kind: 'text', usual: false, sortable: false, exported: true, personal: false, width: [0, 0] },
  { name: 'any', kind: 'text', usual: false, sortable: false, exported: false, personal: true, width: [0, 0] },
  { name: 'firstreply', kind: 'duration', usual: false, sortable: true, exported: true, personal: false, width: [92, 112] },
  { name: 'silence', kind: 'duration', usual: false, sortable: true, exported: true, personal: false, width: [112, 126] },
  { name: 'focus', kind: 'duration', usual: false, sortable: true, exported: true, personal: false, width: [88, 132] },
  { name: 'disruptions', kind: 'number', usual: false, sortable: true, exported: true, personal: false, width: [120, 160] },
  { name: 'activities', kind: 'number', usual: false, sortable: true, exported: true, personal: false, width: [84, 84] },
  { name: 'messages', kind: 'number', usual: false, sortable: true, exported: true, personal: false, width: [88, 76] },
  { name: 'score', kind: 'number', usual: false, sortable: true, exported: true, personal: false, width: [84, 84] },
  { name: 'qa', kind: 'choice', usual: false, sortable: true, exported: true, personal: false, width: [0, 0] },
  { name: 'state', kind: 'choice', usual: false, sortable: false, exported: true, personal: false, width: [0, 0] },
  { name: 'anomaly', kind: 'choice', usual: false, sortable: true, exported: false, personal: false, width: [0, 0] },
] as const;
