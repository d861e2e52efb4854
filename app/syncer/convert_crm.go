package syncer

import (
	"wapdesk/app/daktela"
	"wapdesk/store"
)

func (c converter) contact(w daktela.Contact) store.Contact {
	return store.Contact{
		Name: store.Name(w.Name), Title: w.Title.Value, FirstName: w.FirstName.Value, LastName: w.LastName.Value,
		Database: ref(w.Database), Account: ref(w.Account), User: ref(w.User), Description: w.Description.Value,
		Numbers: w.CustomFields[daktela.FieldNumber], Emails: w.CustomFields[daktela.FieldEmail],
		CreatedMs: c.ms(w.Created), EditedMs: c.ms(w.Edited), CustomFields: customFields(w.CustomFields),
	}
}

func (c converter) account(w daktela.Account) store.Account {
	return store.Account{
		Name: store.Name(w.Name), Title: w.Title.Value, Database: ref(w.Database), User: ref(w.User),
		Description: w.Description.Value, CreatedMs: c.ms(w.Created), EditedMs: c.ms(w.Edited),
	}
}

func (c converter) ticket(w daktela.Ticket) store.Ticket {
	return store.Ticket{
		Name: store.Name(w.Name), Title: w.Title.Value, Category: ref(w.Category), User: ref(w.User), Contact: ref(w.Contact),
		Stage: w.Stage.Value, Priority: w.Priority.Value, MergedTo: store.Name(w.MergedTo.Name),
		CreatedMs: c.ms(w.Created), EditedMs: c.ms(w.Edited),
	}
}

func (c converter) review(w daktela.QAReview) store.QAReview {
	return store.QAReview{
		Name: store.Name(w.Name), Activity: store.Name(w.Activity.Name), Form: store.Name(w.Form.Name),
		User: ref(w.User), CreatedBy: ref(w.CreatedBy), CreatedMs: c.ms(w.Created), EditedMs: c.ms(w.Edited),
		Score: number(w.Score), Answers: w.Answers,
	}
}

func form(w daktela.QAForm, queues []store.Name) store.QAForm {
	f := store.QAForm{
		Name: store.Name(w.Name), Title: w.Title.Value, Description: w.Description.Value,
		InitialScore: w.InitialScore.Value, MinimumScore: number(w.MinimumScore), Queues: queues,
	}
	for _, q := range w.Questions {
		question := store.QAQuestion{
			Name: store.Name(q.Name), Title: q.Title.Value, Type: q.Type.Value,
			Disqualify: q.Disqualify.Value, DoNotCountMax: q.DoNotCountMax.Value, Options: []store.QAOption{},
		}
		for _, o := range q.Options {
			question.Options = append(question.Options, store.QAOption{Value: string(o.Value), Title: o.Title.Value, Points: o.Points.Value})
		}
		f.Questions = append(f.Questions, question)
	}
	return f
}
