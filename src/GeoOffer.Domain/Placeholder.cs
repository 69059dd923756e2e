namespace GeoOffer.Domain;
