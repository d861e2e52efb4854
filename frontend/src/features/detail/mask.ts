import type { app } from '$lib/backend';

/** What stands for anything that could name a person. */
export const hidden = '•••';

const hide = (text: string) => (text === '' ? '' : hidden);

/**
 * The details as presentation mode shows them: times, agents, queues and results stay,
 * whatever tells who the customer is or what was said does not.
 */
export function maskDetail(detail: app.Detail): app.Detail {
  return {
    ...detail,
    row: maskRow(detail.row),
    activities: detail.activities.map((activity) => ({
      ...activity,
      title: hide(activity.title),
      description: hide(activity.description),
      contact: { ...activity.contact, title: hide(activity.contact.title) },
      ticket: { ...activity.ticket, title: hide(activity.ticket.title) },
    })),
    messages: detail.messages.map((message) => ({
      ...message,
      text: hide(message.text),
      from: message.direction === 'IN' ? hide(message.from) : message.from,
      reactions: message.reactions.map((reaction) => ({ ...reaction, from: '' })),
      latitude: 0,
      longitude: 0,
      place: hide(message.place),
      cardName: hide(message.cardName),
      cardNumber: hide(message.cardNumber),
      files: message.files.map((file) => ({ ...file, title: '', stored: false, url: '' })),
    })),
    process: detail.process.map((step) => ({ ...step, text: '' })),
    contact: detail.contact && {
      ...detail.contact,
      title: hidden,
      firstName: '',
      lastName: '',
      account: { ...detail.contact.account, title: hide(detail.contact.account.title) },
      numbers: [],
      emails: [],
      description: '',
    },
    account: detail.account && { ...detail.account, title: hidden, description: '' },
    tickets: detail.tickets.map((ticket) => ({
      ...ticket,
      title: hide(ticket.title),
      others: ticket.others.map((other) => ({ ...other, title: hide(other.title) })),
    })),
    reviews: detail.reviews.map((review) => ({
      ...review,
      answers: review.answers.map((answer) =>
        answer.type === 'TEXTAREA' ? { ...answer, answers: answer.answers.map(hide) } : answer,
      ),
    })),
  };
}

/** A row of the list as presentation mode shows it. */
export function maskRow(row: app.Row): app.Row {
  return {
    ...row,
    contact: hide(row.contact),
    account: hide(row.account),
    wa: hide(row.wa),
    waNumber: '',
    sender: hide(row.sender),
    title: hide(row.title),
  };
}
