using GeoOffer.Query.Catalogue;

namespace GeoOffer.Server.Problems;

/// <summary>What went wrong, by status code (RFC 9110, 15), for people.</summary>
internal static class ProblemTitles
{
    public static Localized For(int status) => status switch
    {
        400 => new("La richiesta contiene errori.", "The request contains errors."),
        401 => new("Le credenziali non sono valide.", "The credentials are not valid."),
        403 => new("Non consentito a questo utente.", "Not allowed for this caller."),
        404 => new("Non esiste nulla a questo indirizzo.", "There is nothing at this address."),
        405 => new("Questo indirizzo non accetta questo metodo.", "This address does not take this method."),
        406 => new("La risposta non esiste nei formati richiesti.", "The answer does not exist in the formats asked for."),
        408 => new("La richiesta non è arrivata in tempo.", "The request did not arrive in time."),
        409 => new("La richiesta contraddice lo stato attuale.", "The request conflicts with the present state."),
        412 => new("La risorsa è cambiata nel frattempo.", "The resource has changed in the meantime."),
        413 => new("Il corpo della richiesta è troppo grande.", "The body of the request is too large."),
        414 => new("L'indirizzo è troppo lungo.", "The address is too long."),
        415 => new("Il formato del corpo non è accettato.", "The format of the body is not accepted."),
        422 => new("La richiesta è leggibile ma non può essere eseguita.", "The request can be read but not carried out."),
        431 => new("Le intestazioni sono troppo grandi.", "The headers are too large."),
        501 => new("Il servizio non sa fare ciò che si chiede.", "The service cannot do what is asked."),
        503 => new(
            "Il servizio non è al momento disponibile; riprovare tra poco.",
            "The service is not available at the moment; try again shortly."),
        >= 400 and < 500 => new("La richiesta non è accettata.", "The request is not accepted."),
        _ => new("Errore interno del servizio.", "Internal error of the service."),
    };
}
